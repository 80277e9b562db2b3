export { languagesOf } from "./languages";
export { ProviderPage, providerMetadata } from "./ProviderPage";
export { searchInAddress } from "./search";
export { ServiceCard } from "./ServiceCard";
export { serviceMetadata, ServicePage } from "./ServicePage";
export { ServicesPage, servicesMetadata } from "./ServicesPage";
export { StartPage } from "./StartPage";
