using System.Text;

namespace Fairlead.Web.Endpoints;

/// <summary>One instance's log, read on from where it was read to, across the file's rotation.</summary>
internal sealed class FollowedLog(string path)
{
    private const int TailBytes = 1 << 20;
    private readonly StringBuilder partial = new();
    private long position;
    private bool isStarted;

    /// <summary>The number that the file is named by.</summary>
    public string Instance { get; } = Path.GetFileNameWithoutExtension(path);

    /// <summary>Whole lines since the last call; at first those at the end of the log, of the file before the last rotation as well.</summary>
    public IReadOnlyList<string> Read()
    {
        var lines = new List<string>();
        if (!isStarted)
        {
            isStarted = true;
            AddTail(path + ".1", lines);
            position = Math.Max(0, LengthOf(path) - TailBytes);
        }
        else if (LengthOf(path) < position)
        {
            // Rotated: what was not read yet is at the end of the other file now.
            Add(path + ".1", lines);
            position = 0;
        }

        Add(path, lines);
        return lines;
    }

    private void AddTail(string file, List<string> lines)
    {
        position = Math.Max(0, LengthOf(file) - TailBytes);
        Add(file, lines);
    }

    private void Add(string file, List<string> lines)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = Math.Min(position, stream.Length);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var text = reader.ReadToEnd();
            position = stream.Position;
            Split(text, lines);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nothing was printed yet, or the file is being rotated: the next call finds it.
        }
    }

    private void Split(string text, List<string> lines)
    {
        var from = 0;
        int end;
        while ((end = text.IndexOf('\n', from)) >= 0)
        {
            lines.Add(partial.Append(text, from, end - from).ToString());
            partial.Clear();
            from = end + 1;
        }

        partial.Append(text, from, text.Length - from);
    }

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
