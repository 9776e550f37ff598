using System.Text;

namespace Fairlead.Steps.Execution;

/// <summary>Keeps what a command writes, up to a limit, and passes it on line by line.</summary>
internal sealed class StepLog : IDisposable
{
    private const int LongestLine = 8192;
    private const int KeptLines = 20;
    private readonly long limit;
    private readonly Action<string> onLine;
    private readonly FileStream file;
    private readonly byte[] line = new byte[LongestLine];
    private readonly Queue<string> lastLines = new();
    private int lineLength;
    private long written;
    private bool isCut;

    /// <param name="limit">Bytes that are kept; the rest is read and dropped, so that the command never blocks.</param>
    /// <param name="onLine">Gets each line, decoded as UTF-8 with a replacement character for what is not; nothing after the limit.</param>
    public StepLog(string path, long limit, Action<string> onLine)
    {
        this.limit = limit;
        this.onLine = onLine;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The last lines that were written, also those behind the limit.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (lastLines)
                return [.. lastLines];
        }
    }

    /// <summary>Blocks until the stream ends.</summary>
    public void CopyFrom(Stream source)
    {
        var buffer = new byte[64 << 10];
        int count;
        while ((count = source.Read(buffer)) > 0)
            Append(buffer.AsSpan(0, count));
        if (lineLength > 0)
            EndLine();
    }

    public void Dispose() => file.Dispose();

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Keep(bytes);
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            var fitting = piece[..Math.Min(piece.Length, LongestLine - lineLength)];
            fitting.CopyTo(line.AsSpan(lineLength));
            lineLength += fitting.Length;
            if (fitting.Length < piece.Length)
            {
                EndLine();
                bytes = bytes[fitting.Length..];
            }
            else
            {
                if (end >= 0)
                    EndLine();
                bytes = bytes[Math.Min(bytes.Length, fitting.Length + 1)..];
            }
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (isCut)
            return;
        try
        {
            var fitting = bytes[..(int)Math.Min(bytes.Length, limit - written)];
            file.Write(fitting);
            written += fitting.Length;
            if (fitting.Length < bytes.Length)
                Cut($"[fairlead] the log is cut here, after {limit} bytes");
        }
        catch (IOException e)
        {
            // A full disk must not leave the command blocked on a pipe that nobody reads.
            isCut = true;
            onLine($"[fairlead] the log is cut here: {e.Message}");
        }
    }

    private void Cut(string notice)
    {
        isCut = true;
        onLine(notice);
        file.Write(Encoding.UTF8.GetBytes($"\n{notice}\n"));
    }

    private void EndLine()
    {
        var text = Encoding.UTF8.GetString(line.AsSpan(0, lineLength)).TrimEnd('\r');
        lineLength = 0;
        lock (lastLines)
        {
            lastLines.Enqueue(text);
            if (lastLines.Count > KeptLines)
                lastLines.Dequeue();
        }

        if (!isCut)
            onLine(text);
    }
}
