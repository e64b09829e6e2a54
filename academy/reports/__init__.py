"""Problems with the content: reported by those who learn, decided by those who write."""
