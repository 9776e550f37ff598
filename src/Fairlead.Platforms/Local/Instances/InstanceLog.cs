using System.Globalization;
using System.Text;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>
/// What an instance prints, each line with the time at which it was read: <c>NUMBER.log</c>, and the one before it as <c>NUMBER.log.1</c>.
/// A disk that takes nothing costs lines, which are counted, and never holds up the program.
/// </summary>
internal sealed class InstanceLog : IDisposable
{
    public const long DefaultLimit = 10 * 1024 * 1024;

    /// <summary>A longer line is broken.</summary>
    private const int LongestLine = 16 * 1024;
    private const int LastCount = 20;
    private readonly string path;
    private readonly long limit;
    private readonly TimeProvider time;
    private readonly SecretScrubber scrubber;
    private readonly Lock gate = new();
    private readonly Queue<string> last = new();
    private readonly MemoryStream batch = new();
    private FileStream? file;
    private long size;
    private long lost;
    private bool isClosed;

    private InstanceLog(string path, long limit, TimeProvider time, SecretScrubber scrubber)
    {
        this.scrubber = scrubber;
        this.path = path;
        this.limit = limit;
        this.time = time;
    }

    /// <summary>The last lines of the program, oldest first.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (gate)
                return [.. last];
        }
    }

    /// <param name="limit">Bytes of one file.</param>
    /// <param name="scrubber">Takes secrets out of every line; null for none.</param>
    public static InstanceLog Open(string path, TimeProvider time, long limit = DefaultLimit, SecretScrubber? scrubber = null) => new(path, limit, time, scrubber ?? SecretScrubber.None);

    /// <summary>Reads to the end of the stream, whatever the disk does.</summary>
    public async Task CopyAsync(Stream output)
    {
        var buffer = new byte[LongestLine];
        var held = 0;
        int read;
        while ((read = await output.ReadAsync(buffer.AsMemory(held), CancellationToken.None).ConfigureAwait(false)) > 0)
        {
            held += read;
            var used = Take(buffer.AsSpan(0, held));
            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
        }

        if (held > 0)
            Append([Encoding.UTF8.GetString(buffer, 0, held)], isOfProgram: true);
    }

    /// <summary>A line of the platform's own.</summary>
    public void Note(string text) => Append([$"[fairlead] {text}"], isOfProgram: false);

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            file?.Dispose();
            file = null;
        }
    }

    /// <summary>Writes the whole lines, and a part that fills the buffer; returns how many bytes those are.</summary>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        var used = 0;
        int end;
        while ((end = bytes[used..].IndexOf((byte)'\n')) >= 0)
        {
            lines.Add(Encoding.UTF8.GetString(bytes.Slice(used, end).TrimEnd((byte)'\r')));
            used += end + 1;
        }

        if (used == 0 && bytes.Length == LongestLine)
        {
            // Not in the middle of a secret, whose halves nobody would know.
            used = scrubber.SafeCut(bytes);
            lines.Add(Encoding.UTF8.GetString(bytes[..used]));
        }

        if (lines.Count > 0)
            Append(lines, isOfProgram: true);
        return used;
    }

    private void Append(List<string> lines, bool isOfProgram)
    {
        if (isOfProgram && !scrubber.IsEmpty)
            lines = lines.ConvertAll(scrubber.Scrub);
        lock (gate)
        {
            if (isClosed)
                return;
            foreach (var line in isOfProgram ? lines : [])
            {
                if (last.Count == LastCount)
                    last.Dequeue();
                last.Enqueue(line);
            }

            if (!TryWrite(lines))
                lost += lines.Count;
        }
    }

    private bool TryWrite(List<string> lines)
    {
        try
        {
            if (size > limit)
                Rotate();
            file ??= OpenFile();
            batch.SetLength(0);
            var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture);
            if (lost > 0)
                Format(now, $"[fairlead] {lost} lines were lost, since the disk took none");
            foreach (var line in lines)
                Format(now, line);
            file.Write(batch.GetBuffer(), 0, (int)batch.Length);
            size += batch.Length;
            lost = 0;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Format(string now, string line)
    {
        batch.Write(Encoding.ASCII.GetBytes(now));
        batch.Write(Encoding.UTF8.GetBytes(line));
        batch.WriteByte((byte)'\n');
    }

    private void Rotate()
    {
        file?.Dispose();
        file = null;
        File.Move(path, path + ".1", overwrite: true);
        size = 0;
    }

    private FileStream OpenFile()
    {
        var opened = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        size = opened.Length;
        return opened;
    }
}
