namespace Fairlead.Web.Contracts;

/// <summary>What a look at every byte of the store found, in numbers: names of blobs in a record would keep them.</summary>
/// <param name="IsRepair">What was damaged was set aside, and fetched where it could be had.</param>
public sealed record StoreCheckRecord(int Damaged, int Missing, bool IsRepair);
