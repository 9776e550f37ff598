namespace Fairlead.Web.Pages.Views;

/// <summary>A file that held rows of an erased unit.</summary>
public sealed record ErasedFileRow(string Path, string RowsBefore, string RowsAfter, string Digest, string NewDigest);
