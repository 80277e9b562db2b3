export { languagesOf } from "./languages";
export { ProviderPage, providerMetadata } from "./ProviderPage";
export { searchInAddress } from "./search";
export { ServiceCard } from "./ServiceCard";
export { addressesOf, publicPaths } from "./sitemap";
export { serviceMetadata, ServicePage } from "./ServicePage";
export { ServicesPage, servicesMetadata } from "./ServicesPage";
export { StartPage } from "./StartPage";
