"""What Django and its REST framework say, in Nepali. A name in braces is a value: any text."""

FRAMEWORK = {
    "This field is required.": "यो विवरण चाहिन्छ।",
    "This field may not be blank.": "यो खाली छोड्न मिल्दैन।",
    "This field may not be null.": "यो खाली छोड्न मिल्दैन।",
    "Not a valid string.": "यो मान्य पाठ होइन।",
    "A valid integer is required.": "पूर्ण सङ्ख्या लेख्नुहोस्।",
    "A valid number is required.": "सङ्ख्या लेख्नुहोस्।",
    "Must be a valid boolean.": "हो वा होइन मात्र मिल्छ।",
    "Enter a valid email address.": "मान्य इमेल ठेगाना लेख्नुहोस्।",
    "Ensure this field has no more than {most} characters.": "बढीमा {most} अक्षर लेख्न मिल्छ।",
    "Ensure this field has at least {least} characters.": "कम्तीमा {least} अक्षर लेख्नुहोस्।",
    "Ensure this value is less than or equal to {most}.": "मान बढीमा {most} हुन सक्छ।",
    "Ensure this value is greater than or equal to {least}.": "मान कम्तीमा {least} हुनुपर्छ।",
    '"{choice}" is not a valid choice.': "“{choice}” छान्न मिल्दैन।",
    'Invalid pk "{id}" - object does not exist.': "{id} भन्ने छैन।",
    "Date has wrong format. Use one of these formats instead: {formats}.": "मिति यसरी लेख्नुहोस्: {formats}।",
    "Time has wrong format. Use one of these formats instead: {formats}.": "समय यसरी लेख्नुहोस्: {formats}।",
    "No file was submitted.": "फाइल आएन।",
    "The submitted file is empty.": "फाइल खाली छ।",
    "Not found.": "भेटिएन।",
    "Invalid page.": "यस्तो पृष्ठ छैन।",
    "Authentication credentials were not provided.": "पहिले लगइन गर्नुहोस्।",
    "Token is invalid": "लगइनको म्याद सकियो। कृपया फेरि लगइन गर्नुहोस्।",
    "You do not have permission to perform this action.": "यो काम गर्ने अनुमति तपाईंलाई छैन।",
    'Method "{method}" not allowed.': "“{method}” यहाँ चल्दैन।",
    "Request was throttled.": "धेरै अनुरोध आए। कृपया केही बेर पर्खनुहोस्।",
    "Request was throttled. Expected available in {seconds} second.": (
        "धेरै अनुरोध आए। कृपया {seconds} सेकेन्डपछि फेरि प्रयास गर्नुहोस्।"
    ),
    "Request was throttled. Expected available in {seconds} seconds.": (
        "धेरै अनुरोध आए। कृपया {seconds} सेकेन्डपछि फेरि प्रयास गर्नुहोस्।"
    ),
    "This password is too short. It must contain at least {least} characters.": (
        "पासवर्ड छोटो भयो। कम्तीमा {least} अक्षर लेख्नुहोस्।"
    ),
    "This password is too common.": "यो पासवर्ड धेरैले प्रयोग गर्छन्। अर्को छान्नुहोस्।",
    "This password is entirely numeric.": "पासवर्डमा अङ्क मात्र छन्। अक्षर पनि राख्नुहोस्।",
    "The password is too similar to the {field}.": "पासवर्ड तपाईंको विवरणसँग धेरै मिल्छ।",
}
