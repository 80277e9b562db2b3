"""Our own sentences that people meet in the site, in Nepali. A name in braces is a value: any text."""

SENTENCES = {
    # Choosing a time.
    "This time can't be booked. Please choose another one.": "यो समय बुक गर्न मिल्दैन। कृपया अर्को समय छान्नुहोस्।",
    "This service is not offered any more.": "यो सेवा अब उपलब्ध छैन।",
    "There is no such service to book.": "बुक गर्न मिल्ने यस्तो सेवा छैन।",
    "This member does not offer the service.": "यी सदस्यले यो सेवा दिनुहुन्न।",
    "{few} of {all} bookings can't be booked at this time.": "यस समयमा {all} मध्ये {few} भेट बुक गर्न मिल्दैन।",
    "You hold too many times already. Finish or drop one first.": (
        "तपाईंले धेरै समय रोकिसक्नुभएको छ। पहिले एउटा टुङ्ग्याउनुहोस् वा छोड्नुहोस्।"
    ),
    "Choose a date and time first.": "पहिले मिति र समय छान्नुहोस्।",
    "Your hold on this time has just run out. Please try again.": (
        "तपाईंका लागि राखिएको समय भर्खरै सकियो। कृपया फेरि प्रयास गर्नुहोस्।"
    ),
    "Your hold on this time ran out and somebody else took it. Choose another time.": (
        "तपाईंका लागि राखिएको समय सकियो र अरू कसैले लियो। कृपया अर्को समय छान्नुहोस्।"
    ),
    "This draft has expired. Please begin a new one.": "यो अधुरो बुकिङको म्याद सकियो। कृपया नयाँ सुरु गर्नुहोस्।",
    # Details.
    "The service does not go to this city.": "यो सेवा यस सहरमा उपलब्ध छैन।",
    "Enter a phone number of Nepal.": "नेपालको फोन नम्बर लेख्नुहोस्।",
    "Control characters are not allowed.": "यस्ता अक्षर राख्न मिल्दैन।",
    "Say why.": "कारण लेख्नुहोस्।",
    # Limits.
    "Confirm your e-mail first: one unpaid request is waiting already.": (
        "पहिले आफ्नो इमेल पुष्टि गर्नुहोस्: भुक्तानी नभएको एउटा अनुरोध बाँकी छ।"
    ),
    "That is enough bookings begun for a day.": "एक दिनका लागि पर्याप्त बुकिङ सुरु गर्नुभयो।",
    "That is enough idempotency keys for a day.": "एक दिनका लागि पर्याप्त अनुरोध पठाउनुभयो।",
    "You have too many unpaid bookings already.": "तपाईंका भुक्तानी नभएका धेरै बुकिङ छन्।",
    "At most {most} unpaid bookings can wait at one provider.": (
        "एउटै सेवा प्रदायककहाँ भुक्तानी नभएका बढीमा {most} बुकिङ राख्न मिल्छ।"
    ),
    # Paying.
    "This payment method is not available.": "यो भुक्तानी विधि उपलब्ध छैन।",
    "The booking is too near for a bank transfer to arrive.": (
        "भेटको समय नजिक छ, बैंकबाट पठाएको रकम समयमै आइपुग्दैन।"
    ),
    "The price has changed. Choose how to pay again.": "मूल्य फेरियो। भुक्तानी विधि फेरि छान्नुहोस्।",
    "This booking is paid.": "यो बुकिङको भुक्तानी भइसकेको छ।",
    "This booking waits for its bank transfer.": "यो बुकिङले बैंकबाट आउने रकम पर्खिरहेको छ।",
    "A cash booking can be paid in cash or by wallet.": "नगद बुकिङको भुक्तानी नगद वा वालेटबाट गर्न मिल्छ।",
    "Pay first: the payment confirms the booking.": "पहिले भुक्तानी गर्नुहोस्: त्यसैले बुकिङ पक्का हुन्छ।",
    "Khalti is still working on this payment.": "खल्तीमा यो भुक्तानी अझै भइरहेको छ।",
    "Khalti says that this is not paid.": "खल्तीका अनुसार यो भुक्तानी भएको छैन।",
    "There is a receipt once the booking is paid.": "भुक्तानी भएपछि रसिद पाइन्छ।",
    "We have enough proofs of this transfer. Please wait.": (
        "यस भुक्तानीका पर्याप्त प्रमाण आइसकेका छन्। कृपया पर्खनुहोस्।"
    ),
    "A reference has letters or digits.": "सन्दर्भ नम्बरमा अक्षर वा अङ्क हुनुपर्छ।",
    "The slip is larger than 5 MB.": "भौचर ५ एमबीभन्दा ठूलो छ।",
    "The picture has more than 25 megapixels.": "तस्बिर २५ मेगापिक्सेलभन्दा ठूलो छ।",
    "The picture is wider or higher than 20,000 pixels.": "तस्बिरको चौडाइ वा उचाइ २०,००० पिक्सेलभन्दा बढी छ।",
    "This PDF is not complete.": "यो पीडीएफ अधुरो छ।",
    # A booking that is made.
    "The booking has just changed. Please look again.": "बुकिङ भर्खरै फेरियो। कृपया फेरि हेर्नुहोस्।",
    "This is not yours to do.": "यो काम तपाईंले गर्न मिल्दैन।",
    "This booking can't be changed any more.": "यो बुकिङ अब फेर्न मिल्दैन।",
    "It is too late to move this booking.": "यो बुकिङको समय सार्न ढिलो भइसक्यो।",
    "A booking can be moved {limit} times.": "बुकिङको समय {limit} पटक सार्न मिल्छ।",
    "You have reviewed this booking already.": "तपाईंले यो भेटको समीक्षा लेखिसक्नुभएको छ।",
    "A review can be changed for a week only.": "समीक्षा एक हप्तासम्म मात्र फेर्न मिल्छ।",
    "You can object to a no-show once, within 72 hours.": (
        "नआएको भन्ने दाबीमा ७२ घण्टाभित्र एक पटक मात्र आपत्ति जनाउन मिल्छ।"
    ),
    # Accounts.
    "No account has this e-mail and password.": "इमेल वा पासवर्ड मिलेन।",
    "This is not your password.": "यो तपाईंको पासवर्ड होइन।",
    "This link is not valid, or not any more.": "यो लिङ्क मान्य छैन, वा यसको म्याद सकियो।",
    "There is an account with this e-mail already.": "यस इमेलको खाता पहिल्यै छ।",
    "This phone takes no SMS.": "यो फोनमा एसएमएस जाँदैन।",
    "There is no phone to confirm.": "पुष्टि गर्नुपर्ने फोन छैन।",
}
