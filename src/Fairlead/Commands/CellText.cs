using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>Texts that take a given room in one line of a terminal, in which some letters are two cells wide.</summary>
internal static class CellText
{
    private const string More = "…";

    /// <summary>The text in one line, whatever it holds, and cut off where the room ends.</summary>
    /// <param name="room">Cells.</param>
    public static string Cut(string text, int room)
    {
        var cut = new StringBuilder();
        var (used, last) = (0, 0);
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            letter = letter.Any(char.IsControl) ? " " : letter;
            used += Width(letter);
            if (used > room)
                return room < 1 ? "" : cut.ToString(0, last) + More;
            cut.Append(letter);
            // So far there is room for the mark behind it.
            if (used < room)
                last = cut.Length;
        }

        return cut.ToString();
    }

    /// <summary>The same, filled up with blanks.</summary>
    public static string Fill(string text, int room)
    {
        var cut = Cut(text, room);
        return cut + new string(' ', Math.Max(0, room - Width(cut)));
    }

    /// <summary>Cells that it takes.</summary>
    public static int Width(string text) => new Segment(text).CellCount();
}
