namespace Fairlead.Web.Pages.Views;

/// <summary>An artifact in a list.</summary>
/// <param name="Href">The page of the run or the version that has it.</param>
/// <param name="Others">How many others have it too; empty for none.</param>
public sealed record StoreArtifactRow(string What, string Record, string Href, string Size, string Others);
