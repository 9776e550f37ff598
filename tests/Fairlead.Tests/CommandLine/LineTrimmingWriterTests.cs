using Fairlead.CommandLine;

namespace Fairlead.Tests.CommandLine;

public sealed class LineTrimmingWriterTests
{
    [Theory]
    [InlineData("a  \nb\n", "a\nb\n")]
    [InlineData("  a b  c \n\n   \n", "  a b  c\n\n\n")]
    [InlineData("end  ", "end")]
    public void Write_LeavesOutBlanksAtTheEndsOfLines(string text, string expected)
    {
        var inner = new StringWriter();
        using var writer = new LineTrimmingWriter(inner);
        foreach (var piece in text.Chunk(2))
            writer.Write(new string(piece));
        Assert.Equal(expected, inner.ToString());
    }
}
