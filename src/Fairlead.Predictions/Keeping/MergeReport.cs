namespace Fairlead.Predictions.Keeping;

/// <summary>What one pass of merging did.</summary>
/// <param name="Before">Files that are no longer.</param>
/// <param name="After">Files that took their place.</param>
/// <param name="Bytes">Of the new files.</param>
public sealed record MergeReport(int Before, int After, long Rows, long Bytes);
