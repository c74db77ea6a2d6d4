// A pass works without script; this keeps it up to date and offers it as a picture.
import { keepLive } from "./live.js";
import { offerPicture } from "./picture.js";

offerPicture();
keepLive();
