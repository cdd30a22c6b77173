"""English about documents of a packet."""

REFUSALS = {
    "documents_not_now": "Documents are added once a program is interested, and while the referral is open.",
    "documents_full": "This referral has {most} documents, the most it can have. Remove one first.",
    "documents_held": "The student is under a legal hold: nothing of the record may be deleted.",
    "document_empty": "The file is empty. Choose another one.",
    "document_too_large": "The file is larger than {most} MB. Send a smaller one, or in parts.",
    "document_type_unknown": "Send a PDF, DOCX, PNG or JPEG file. What is in the file counts, not its name.",
    "document_with_macros": "The document holds macros. Save it as a PDF and send that.",
    "document_unpacks_too_large": "The document unpacks to far too much. Save it as a PDF and send that.",
}
KINDS = {
    "release": "Signed release",
    "iep": "IEP or 504 plan",
    "evaluation": "Evaluation",
    "progress": "Progress notes",
    "behavior_plan": "Behavior plan or report",
    "transcript": "Transcript",
    "health_record": "Health record",
    "english_learner_record": "English learner record",
    "referral_questions": "Referral questions",
    "other_document": "Other",
}
TYPES = {"pdf": "PDF", "docx": "Word document", "png": "Picture (PNG)", "jpg": "Picture (JPEG)"}


def size_words(size_bytes: int) -> str:
    """The size of a file: "340 kB", "2.1 MB"."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"
