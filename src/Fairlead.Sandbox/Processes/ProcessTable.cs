using System.Globalization;
using System.Text;

namespace Fairlead.Sandbox.Processes;

/// <summary>The processes of this machine but this one, from <c>/proc</c>; empty on a system without it.</summary>
public static class ProcessTable
{
    private const string Folder = "/proc";

    /// <summary>In which Linux tells times, whatever the kernel's own clock is.</summary>
    private const long TicksPerSecond = 100;

    /// <summary>The fields of <c>stat</c> after the name, from proc(5).</summary>
    private const int ParentField = 1;
    private const int GroupField = 2;
    private const int SessionField = 3;
    private const int FirstTimeField = 11;
    private const int LastTimeField = 14;
    private const int StartField = 19;
    private const int ResidentField = 21;

    /// <summary>More than <c>stat</c> ever has: 52 numbers of up to 20 digits, and a name of up to 64 bytes.</summary>
    private const int StatLength = 1280;

    /// <param name="since">Older processes are left out: ticks since the machine was started.</param>
    /// <param name="withEnded">Also those that have ended and are not yet reaped: they do nothing any more, but what they used is theirs still.</param>
    public static IReadOnlyList<ProcessEntry> Read(long since = 0, bool withEnded = false)
    {
        var entries = new List<ProcessEntry>();
        if (!OperatingSystem.IsLinux())
            return entries;
        foreach (var path in Directory.EnumerateDirectories(Folder))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && Find(id, withEnded) is { } entry && entry.StartedAt >= since)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Null when there is none, or it is another user's and hidden.</summary>
    /// <param name="withEnded">Also one that has ended and is not yet reaped.</param>
    public static ProcessEntry? Find(int id, bool withEnded = false)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> buffer = stackalloc byte[StatLength];
        var length = ReadStat(id, buffer);
        // The name is in parentheses and may hold anything, such as parentheses.
        var name = buffer[..length].LastIndexOf((byte)')');
        if (name < 0 || name + 2 >= length)
            return null;
        ReadOnlySpan<byte> fields = buffer[(name + 2)..length];
        if (!withEnded && fields[0] is (byte)'Z' or (byte)'X')
            return null;
        var (parent, group, session, start, times, resident) = (0L, 0L, 0L, -1L, 0L, 0L);
        var field = 0;
        foreach (var place in fields.Split((byte)' '))
        {
            switch (field++)
            {
                case ParentField: parent = Number(fields[place]); break;
                case GroupField: group = Number(fields[place]); break;
                case SessionField: session = Number(fields[place]); break;
                case >= FirstTimeField and <= LastTimeField: times += Number(fields[place]); break;
                case ResidentField: resident = Number(fields[place]); break;
                case StartField: start = Number(fields[place]); break;
            }
        }

        if (start < 0)
            return null;
        var used = TimeSpan.FromTicks(times * (TimeSpan.TicksPerSecond / TicksPerSecond));
        return new ProcessEntry(id, (int)parent, (int)group, (int)session, start) { ProcessorTime = used, ResidentBytes = resident * Environment.SystemPageSize };
    }

    private static long Number(ReadOnlySpan<byte> field) => long.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <returns>Bytes read; 0 when it ended meanwhile.</returns>
    private static unsafe int ReadStat(int id, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[32];
        _ = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Folder}/{id}/stat\0"), path);
        int file;
        fixed (byte* name = path)
            file = Libc.Open(name, Libc.CloseOnExec);
        if (file < 0)
            return 0;
        fixed (byte* target = buffer)
        {
            // The kernel gives all of it at once.
            var length = Libc.Read(file, target, buffer.Length);
            _ = Libc.Close(file);
            return (int)Math.Max(0, length);
        }
    }
}
