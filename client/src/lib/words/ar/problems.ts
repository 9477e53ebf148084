export const failures = {
  unknown: { title: "حدث خطأ ما", detail: "لم يستطع المتجر الرد على هذا الطلب." },
  offline: { title: "لا يوجد اتصال", detail: "تعذّر الوصول إلى المتجر. تحقّق من الاتصال وحاول مرة أخرى." },
  unreadable: {
    title: "رد غير مقروء",
    detail: "تعذّر الوصول إلى المتجر. تحقّق من الاتصال وحاول مرة أخرى.",
  },
};
export const fieldRefused = "لم تُقبل هذه القيمة.";

export const problems = {
  internal: { title: "حدث خطأ ما", detail: "الخطأ من جهتنا، وقد سُجّل." },
  malformed: { title: "تعذّرت قراءة الطلب", detail: "أعد تحميل الصفحة وحاول مرة أخرى." },
  not_authenticated: { title: "سجّل الدخول من فضلك", detail: "هذا يتطلب تسجيل الدخول." },
  forbidden: { title: "غير مسموح", detail: "لا يحق لهذا الحساب القيام بذلك." },
  not_found: { title: "غير موجود", detail: "هذا غير موجود، أو يخص شخصًا آخر." },
  conflict: { title: "غير ممكن الآن", detail: "الوضع الحالي لا يسمح بذلك." },
  stale_version: { title: "تغيّر في هذه الأثناء", detail: "غيّر شخص آخر هذا. أعد تحميل الصفحة." },
  too_large: { title: "أكبر من المسموح", detail: "هذا أكثر مما يقبله المتجر." },
  unsupported_media_type: { title: "صيغة غير مقبولة", detail: "لا يقبل المتجر هذه الصيغة." },
  invalid: { title: "بعض القيم غير صحيحة", detail: "راجع ما أدخلته وحاول مرة أخرى." },
  too_many_requests: { title: "طلبات كثيرة جدًا", detail: "انتظر قليلًا ثم حاول مرة أخرى." },
  unavailable: { title: "غير متاح للحظات", detail: "حاول مرة أخرى بعد قليل." },
  "cart.quantity_exceeds_stock": { title: "الكمية غير كافية", detail: "لم يعد هذا العدد متوفّرًا." },
  "cart.full": { title: "السلة ممتلئة", detail: "لا تتسع لمزيد من المنتجات المختلفة." },
  "login.wrong": { title: "لم يتم تسجيل الدخول", detail: "البريد الإلكتروني أو كلمة المرور غير صحيحة." },
  "account.email_taken": { title: "يوجد حساب بالفعل", detail: "يوجد حساب بهذا البريد الإلكتروني." },
};

export const fieldProblems = {
  too_short: "هذا قصير جدًا.",
  too_long: "هذا طويل جدًا.",
  too_common: "كلمة المرور هذه سهلة التخمين.",
  too_many: "لم يعد هذا العدد متوفّرًا.",
  taken: "يوجد حساب بهذا البريد الإلكتروني.",
  not_an_address: "هذا ليس عنوان بريد إلكتروني.",
  string_too_short: "هذا قصير جدًا.",
  string_too_long: "هذا طويل جدًا.",
  missing: "هذه المعلومة ناقصة.",
};
