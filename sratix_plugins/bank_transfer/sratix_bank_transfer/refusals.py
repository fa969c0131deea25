"""What is said about a file that is no statement, by the reason: what it is, and where to get the right one."""

REFUSALS = {
    "empty": "The file is empty. Download it from your bank again.",
    "too_large": "The file is larger than 10 MB. Download a shorter period.",
    "archive": "This is a packed folder. Unpack it, then upload the files in it one by one.",
    "binary": "This is no text. Choose camt.053, camt.054 or CSV in your e-banking; a PDF can't be read.",
    "doctype": "The file declares a document type, which no bank does. It was not opened.",
    "broken": "The file breaks off or holds something that is no day or no amount. Download it from your bank again.",
    "other_xml": "This is XML, but no statement of account. Choose camt.053 or camt.054 in your e-banking.",
    "several_accounts": "The file tells of several accounts. Download one for each.",
    "too_many": "The file has more than 50,000 rows. Download a shorter period.",
    "no_table": "No columns were found. Choose CSV with semicolons or commas in your e-banking.",
}
