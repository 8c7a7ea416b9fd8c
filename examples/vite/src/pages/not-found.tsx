export function NotFoundPage() {
  return (
    <section>
      <h1>Not on this shelf</h1>
      <p>
        That page does not exist. <a href="/">Back to the shop</a>
      </p>
    </section>
  );
}
