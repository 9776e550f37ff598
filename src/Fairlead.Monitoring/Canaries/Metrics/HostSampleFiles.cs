using System.Globalization;
using System.Text.Json;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Looks at hosts in files, a line for each and a file for each hour, so that they outlive the process that took them. One process writes at a time.</summary>
internal sealed class HostSampleFiles(string folder)
{
    private const string Pattern = "*.jsonl";
    private const string NameFormat = "yyyy-MM-dd'T'HH";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private string? current;

    /// <summary>Those since a moment, oldest first. A line that was cut off by the end of its writer is left out.</summary>
    public IEnumerable<HostLook> Read(DateTimeOffset since)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Files().Where(file => file.Begin >= since - Hour).OrderBy(file => file.Begin))
        {
            foreach (var look in File.ReadLines(file.Path).Select(Parse).OfType<HostLook>().Where(look => look.At >= since))
                yield return look;
        }
    }

    /// <summary>Hands a look to the operating system: it survives the end of this process.</summary>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public void Append(HostLook look)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, look.At.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + ".jsonl");
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        // What an earlier process left unfinished must not swallow this line.
        byte[] begin = current != path && stream.Length > 0 ? "\n"u8.ToArray() : [];
        stream.Write([.. begin, .. JsonSerializer.SerializeToUtf8Bytes(look, HostSamplesJson.Default.HostLook), (byte)'\n']);
        current = path;
    }

    /// <summary>Removes files of which nothing is as young as that.</summary>
    public void RemoveBefore(DateTimeOffset moment)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var (path, begin) in Files().Where(file => file.Begin < moment - Hour).ToList())
            File.Delete(path);
    }

    private static HostLook? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, HostSamplesJson.Default.HostLook);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IEnumerable<(string Path, DateTimeOffset Begin)> Files()
    {
        foreach (var path in Directory.EnumerateFiles(folder, Pattern))
        {
            if (DateTimeOffset.TryParseExact(Path.GetFileNameWithoutExtension(path), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begin))
                yield return (path, begin);
        }
    }
}
