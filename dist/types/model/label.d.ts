/** A label that holds for head's commit, and the login of who gave it. */
export interface GivenLabel {
    readonly name: string;
    readonly by: string;
}
/** True for one label: GitHub tells them apart whatever their case. */
export declare function isSameLabel(one: string, other: string): boolean;
