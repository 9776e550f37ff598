using System.Text;

namespace Fairlead.DuckDb;

/// <summary>Tells by their content which files hold rows, since an input keeps no file extension.</summary>
public static class DuckDbRowFiles
{
    private const int SampleSize = 4096;
    private static readonly byte[] ParquetMagic = "PAR1"u8.ToArray();

    /// <summary>The SQL table function that reads the file or folder, or null when it holds no rows.</summary>
    public static string? ReaderOf(string path)
    {
        if (!Directory.Exists(path))
            return ReaderOfFile(path, DuckDbText.Literal(path));
        var first = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault();
        return first is null ? null : ReaderOfFile(first, DuckDbText.Literal(path + "/**"));
    }

    private static string? ReaderOfFile(string path, string literal)
    {
        Span<byte> sample = stackalloc byte[SampleSize];
        using var file = File.OpenRead(path);
        sample = sample[..file.ReadAtLeast(sample, SampleSize, throwOnEndOfStream: false)];
        if (sample.StartsWith(ParquetMagic))
            return $"read_parquet({literal})";
        if (sample.IsEmpty || sample.Contains((byte)0) || !IsUtf8(sample))
            return null;
        var text = Encoding.UTF8.GetString(sample).TrimStart();
        return text.StartsWith('{') || text.StartsWith('[') ? $"read_json_auto({literal})" : $"read_csv_auto({literal})";
    }

    /// <summary>True when the bytes are UTF-8; a character that the sample cuts at its end is let pass.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        decoder.Fallback = DecoderFallback.ExceptionFallback;
        try
        {
            decoder.GetCharCount(sample, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
