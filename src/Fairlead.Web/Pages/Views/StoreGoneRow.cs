namespace Fairlead.Web.Pages.Views;

/// <summary>What a cleaning would remove of one kind.</summary>
public sealed record StoreGoneRow(string Kind, string Of, string Blobs, string Size);
