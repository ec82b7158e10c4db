/** Where the pages of a case stand at the counter, by its id. */
export const casePath = (caseId: string): string => `/apply/cases/${caseId}`;
export const caseReceiptPath = (caseId: string): string => `${casePath(caseId)}/receipt`;
export const casePapersPath = (caseId: string): string => `${casePath(caseId)}/papers`;
export const caseWishPath = (caseId: string): string => `${casePath(caseId)}/wish`;
export const caseActPath = (caseId: string, act: string): string => `${casePath(caseId)}/acts/${act}`;
