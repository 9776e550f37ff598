namespace Fairlead.Web.Pages.Views;

/// <summary>What one kind of record takes of the store.</summary>
/// <param name="Own">What nothing else needs.</param>
/// <param name="Share">Of all bytes, from 0 to 100.</param>
public sealed record StoreSizeRow(string Kind, string Blobs, string Size, string Own, string Share);
