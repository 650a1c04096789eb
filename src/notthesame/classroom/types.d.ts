/** What scorm.js offers a page: somewhere to keep answers, once every question of the page is known. */
interface Platform extends Keeper {
  begin(): void;
}
