using System.Text;

namespace Fairlead.Contracts.Printing;

/// <summary>Lines with blocks.</summary>
internal sealed class ProtoText
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    public void Blank() => text.Append('\n');

    public void Block(string head, Action content)
    {
        Line(head + " {");
        depth++;
        content();
        depth--;
        Line("}");
    }

    public static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is >= (byte)' ' and < 127 and not ((byte)'"' or (byte)'\\'))
                quoted.Append((char)octet);
            else
                quoted.Append('\\').Append(Convert.ToString(octet, 8).PadLeft(3, '0'));
        }

        return quoted.Append('"').ToString();
    }

    public override string ToString() => text.ToString();
}
