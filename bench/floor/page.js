const field = document.querySelector('textarea');
field.focus();
window.addEventListener('focus', () => field.focus());
