"""What the pages of docs/ are generated from: the models, the context contract, the roles, the source itself."""
