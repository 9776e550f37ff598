using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Tests.Framing;

public sealed class StatusMessageTests
{
    private const int Seed = 71;

    [Theory]
    [InlineData("plain text, with 'quotes'", "plain text, with 'quotes'")]
    [InlineData("100%", "100%25")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("\u007f", "%7F")]
    [InlineData("", "")]
    public void Encode_Message_IsPrintableAscii(string message, string encoded)
    {
        Assert.Equal(encoded, StatusMessage.Encode(message));
        Assert.Equal(message, StatusMessage.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("a%41%4", "aA%4")]
    [InlineData("%c3%bc", "ü")]
    [InlineData("%ff", "\ufffd")]
    public void Decode_BadMessage_StaysReadable(string encoded, string message) => Assert.Equal(message, StatusMessage.Decode(encoded));

    [Fact]
    public void Encode_AnyMessage_ComesBack()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 2_000; round++)
        {
            var message = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => char.ConvertFromUtf32(random.Next(4) == 0 ? random.Next(0x10000, 0x10ffff) : random.Next(0, 0xd800))));
            var encoded = StatusMessage.Encode(message);

            Assert.DoesNotContain(encoded, letter => letter is < ' ' or > '~');
            Assert.Equal(message, StatusMessage.Decode(encoded));
        }
    }
}
