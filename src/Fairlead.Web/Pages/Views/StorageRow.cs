namespace Fairlead.Web.Pages.Views;

/// <summary>What a month of a service in an environment takes.</summary>
/// <param name="Missing">Rows of files that were set aside; a dash when none is.</param>
public sealed record StorageRow(string Environment, string Service, string Month, string Rows, string Size, string Files, string Missing);
