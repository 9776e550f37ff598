using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>A dataset, or one of its versions, as people write it: <c>rides</c> or <c>rides@3</c>.</summary>
/// <param name="Version">Null: the newest.</param>
internal sealed record DatasetLabel(string Dataset, string? Version)
{
    /// <exception cref="FairleadException">Invalid.</exception>
    public static DatasetLabel Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var label = at < 0 ? new DatasetLabel(text, null) : new DatasetLabel(text[..at], text[(at + 1)..]);
        return label.Dataset.Length > 0 && label.Version is null or { Length: > 0 }
            ? label
            : throw FairleadException.Invalid($"'{text}' is no version of a dataset; expected something like 'rides' or 'rides@3'.");
    }

    public override string ToString() => Version is null ? Dataset : $"{Dataset}@{Version}";

    public string Path(string what, string query = "") =>
        $"/api/datasets/{Uri.EscapeDataString(Dataset)}/{what}?{(Version is null ? "" : $"version={Uri.EscapeDataString(Version)}&")}{query}".TrimEnd('&', '?');
}
