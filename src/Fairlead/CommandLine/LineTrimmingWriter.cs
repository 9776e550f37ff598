using System.Text;

namespace Fairlead.CommandLine;

/// <summary>Leaves out the blanks that a layout pads its lines with: where output is piped nobody sees them, and files and diffs would.</summary>
internal sealed class LineTrimmingWriter(TextWriter inner) : TextWriter
{
    private readonly StringBuilder blanks = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                blanks.Append(value);
                return;
            case '\n':
                blanks.Clear();
                break;
            default:
                inner.Write(blanks);
                blanks.Clear();
                break;
        }

        inner.Write(value);
    }

    public override void Write(string? value)
    {
        foreach (var character in value ?? "")
            Write(character);
    }

    public override void Flush() => inner.Flush();
}
