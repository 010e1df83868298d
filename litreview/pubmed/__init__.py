"""PubMed and PMC through E-utilities: ids, counts, bytes and links, and a stand-in for them on this machine."""
