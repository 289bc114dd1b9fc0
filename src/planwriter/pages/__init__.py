"""What only a layout engine knows: a document turned into pages, the pages read, the document finished by them."""
