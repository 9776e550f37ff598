using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Keeping;

/// <summary>What a file's path says of its rows.</summary>
/// <param name="Environment">Null for outcomes.</param>
/// <param name="Service">Null for outcomes.</param>
/// <param name="Day">By UTC: of the predictions, or of the outcomes.</param>
/// <param name="IsKeyed">Outcomes by key.</param>
internal sealed record FilePartition(string Folder, string? Environment, string? Service, DateOnly Day, bool IsKeyed)
{
    private const string EnvironmentKey = "environment=";
    private const string ServiceKey = "service=";
    private const string DateKey = "date=";

    public static FilePartition Of(CompactedFile file) => Of(file.Path);

    /// <param name="path">Below the predictions folder.</param>
    public static FilePartition Of(string path)
    {
        var folder = path[..Math.Max(0, path.LastIndexOf('/'))];
        var parts = folder.Split('/');
        return new FilePartition(
            folder,
            ValueOf(parts, EnvironmentKey),
            ValueOf(parts, ServiceKey),
            DateOnly.TryParseExact(ValueOf(parts, DateKey), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MinValue,
            PredictionLayout.IsKeyedFile(path));
    }

    /// <summary>A new name in the partition, which no other file has.</summary>
    /// <param name="work">What makes the file, as the first word of its name.</param>
    public string NewPath(string work, DateTimeOffset now, Guid unique) =>
        $"{Folder}/{work}-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{unique.ToString("N")[..16]}{(IsKeyed ? PredictionLayout.KeyedSuffix : "")}{PredictionLayout.Extension}";

    private static string? ValueOf(string[] parts, string key) =>
        Array.Find(parts, part => part.StartsWith(key, StringComparison.Ordinal)) is { } part ? Uri.UnescapeDataString(part[key.Length..]) : null;
}
