// Gongwen
