import clsx from 'clsx';

export function Button({ isPressed, onPress, children }) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      className={clsx('button', { 'button-pressed': isPressed })}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
