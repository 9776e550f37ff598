namespace Fairlead.Web.Pages.Views;

/// <param name="Link">Of the page about what the cell names; null for none.</param>
public sealed record EvidenceCell(string Text, string? Link);
