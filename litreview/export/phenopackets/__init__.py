"""GA4GH phenopackets: a patient's row as a phenopacket by the topic's mapping, checked by the official library."""
