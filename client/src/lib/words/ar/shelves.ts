export const home = {
  title: "Jackdaw: إلكترونيات تُكتشف من جديد",
  heroFirst: "أشياء جيدة،",
  heroSecond: "تُكتشف من جديد.",
  intro: "إلكترونيات مستعملة، فُحصت قطعة قطعة. كل أثر فيها مدوَّن، وكل رف يقول لماذا يبدو كما هو.",
  popular: "الرائج على الطاولة",
  rearranged: "أُعيد ترتيب الرفوف.",
  rearrangedBecause: "أُعيد ترتيب الرفوف. {reason}.",
  empty: "الطاولة فارغة",
  emptyText: "لا عروض في الوقت الحالي. تظهر العروض الجديدة هنا حالما يضيفها أحد المتاجر.",
};

export const rails = {
  cart: "يناسب ما في سلتك",
  session: "ما قد يأتي بعد هذا",
  similar: "عروض مشابهة",
  /** Where the product itself is sold out. */
  instead: "بدلًا من هذا المعروض",
  preview: "رفك الأول الآن",
  titles: {
    continue: "تابع من حيث توقفت",
    for_you: "مختارات لك",
    buy_again: "اشترِ مرة أخرى",
    trending: "يلفت الأنظار هذا الأسبوع",
    new: "وصل حديثًا",
    popular: "رائج في المتجر",
  },
};

export const reasons = {
  because_you_viewed: "لأنك شاهدت {titles}",
  viewedItself: "شاهدت هذا مؤخرًا",
  because_you_saved: "لأنك حفظت {titles}",
  because_in_cart: "لأنك وضعت {titles} في سلتك",
  similar_to: "يشبه {titles}",
  for_you: "اختير لك لاهتمامك بـ {titles}",
  popular: "الأكثر جذبًا للاهتمام مؤخرًا",
  popularIn: "رائج في فئة {category}",
  trending: "يحظى باهتمام أكثر من المعتاد",
  new: "عُرض حديثًا",
  buy_again: "سبق أن اشتريته",
  picked: "اختير لك",
};

export const shelfNotes = {
  missing: "ما زلنا نتعلم ما يناسب ماذا. وإلى ذلك الحين ترى الأكثر رواجًا.",
  stale: "لم تُحدَّث اختياراتنا منذ مدة. وإلى ذلك الحين ترى الأكثر رواجًا.",
  slow: "الاختيارات الشخصية بطيئة الآن. وإلى ذلك الحين ترى الأكثر رواجًا.",
  failed: "الاختيارات الشخصية غير متاحة الآن. وإلى ذلك الحين ترى الأكثر رواجًا.",
  unreadable: "لا نستطيع الاطلاع على اختياراتنا الآن. وإلى ذلك الحين ترى الأكثر رواجًا.",
  unknown: "هذا جديد جدًا على اختياراتنا. وإلى ذلك الحين ترى الأكثر رواجًا.",
};

export const notForMe = {
  title: "لا يناسبني",
  named: "لا يناسبني: {title}",
  question: "ما الذي تريد أن يكفّ المتجر عن اقتراحه؟ يمكنك التراجع متى شئت.",
  leftOut: "استُبعد: {what}.",
  scopes: {
    item: "هذا العرض وحده",
    model: "هذا الطراز بكل حالاته",
    owned: "عندي مثله",
    maker: "كل ما يصنعه {maker}",
    kind: "كل {kind}",
  },
  out: {
    item: "هذا العرض: {title}",
    model: "كل حالات {title}",
    owned: "لديك {title}",
    maker: "كل ما يصنعه {maker}",
    kind: "كل ما في فئة {kind}",
  },
};

export const search = {
  label: "البحث في المتجر",
  button: "بحث",
  placeholder: "ابحث عن كاميرا أو صانع أو «\u2066256 GB\u2069» …",
  suggestions: "اقتراحات",
  groups: { query: "عمليات بحث", category: "الفئات", brand: "الصانعون", product: "على الطاولة" },
  latest: "آخر عمليات بحثك",
  count: {
    zero: "لا اقتراحات.",
    one: "اقتراح واحد.",
    two: "اقتراحان.",
    few: "{count} اقتراحات.",
    many: "{count} اقتراحًا.",
    other: "{count} اقتراح.",
  },
  none: "لا اقتراحات.",
  countFor: "اقتراحات للبحث عن {words}. {count}",
  instead: "بدلًا من «{words}»",
  removeLatest: "إزالة آخر عمليات البحث",
  remove: "إزالة {words}",
  onDevice: "محفوظة على هذا الجهاز فقط",
  removeAll: "إزالة الكل",
};
