/** The sum of some prices, in words a cashier would use. */
export function total(prices) {
  const sum = prices.reduce((before, price) => before + price, 0);
  return `That makes ${sum} in all, thank you, and mind the step.`;
}
