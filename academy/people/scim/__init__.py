"""SCIM 2.0 (RFC 7643, RFC 7644): the protocol in which a company's directory speaks to the academy."""
