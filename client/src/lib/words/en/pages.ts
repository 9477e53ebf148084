/** What the server writes about a page, for previews and search engines. */
export const head = {
  listing: "{title}: second-hand, inspected one by one, with a price per grade.",
  product: "{grade} condition, {price}, from {store}. {description}",
  productSold: "{grade} condition, {price}, from {store}. Sold. {description}",
  gone: "There is nothing at this address.",
  noScript: "Jackdaw needs JavaScript for its shelves and its cart.",
} as const;

export const about = {
  intro:
    "A jackdaw collects what shines and remembers faces. So does this shop: it finds good things again, and it shows openly what it has learned about you.",
  line: "The shimmering line",
  lineText:
    "A jackdaw’s neck has an oily sheen. In this shop a line with that sheen stands above a shelf if, and only if, something you did changed it. The reason beside it begins with “because”. A shelf with a plain line is the same for everyone.",
  order: "What decides the order",
  orderOwn: "What you opened, saved and put into the cart; the most recent counts most.",
  orderOthers: "What people with similar interests opened, saved and bought.",
  orderPopular: "What is popular now; older interest fades.",
  orderStock: "Stock: what is sold is not recommended.",
  grade: "What a grade means",
} as const;

export const accounts = {
  account: "Account",
  logIn: "Log in",
  logOut: "Log out",
  logInText: "Your cart and favorites come along. New here? {link}",
  createAccount: "Create an account",
  signUpText: "Your cart, favorites and shelves stay as they are. Have one already? {link}",
  create: "Create account",
  email: "Email",
  name: "Name",
  password: "Password",
  passwordHint: "At least 10 characters. A sentence is a good one.",
  memberSince: "Member since",
  saveName: "Save name",
  nameSaved: "Name saved",
  problem: "There is a problem",
  tooMany: {
    one: "Too many attempts. Try again in {count} minute.",
    other: "Too many attempts. Try again in {count} minutes.",
  },
  noEmail: "Enter an email address, like name@example.com",
  shortPassword: "Choose a password of at least 10 characters",
  noPassword: "Enter your password",
  noName: "Enter the name that we should use",
} as const;
