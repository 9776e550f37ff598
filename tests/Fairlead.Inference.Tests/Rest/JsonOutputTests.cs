using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

public sealed class JsonOutputTests
{
    [Fact]
    public void String_RandomText_ReadsBackTheSame()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(40); length > 0; length--)
                text.Append(Rune.IsValid(random.Next(0x250)) ? new Rune(random.Next(0x250)) : new Rune(0x1F600 + random.Next(60)));
            var expected = text.ToString();
            Assert.Equal(expected, JsonSerializer.Deserialize<string>(Write(Encoding.UTF8.GetBytes(expected))));
        }
    }

    [Fact]
    public void String_NotUtf8_BecomesReplacementCharacters()
    {
        var random = new Random(4);
        var bytes = new byte[64];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(bytes);
            Assert.Equal(Encoding.UTF8.GetString(bytes), JsonSerializer.Deserialize<string>(Write(bytes)));
        }
    }

    private static byte[] Write(ReadOnlySpan<byte> text)
    {
        var target = new ArrayBufferWriter<byte>();
        var json = new JsonOutput(target);
        json.String(text);
        json.Complete();
        return target.WrittenSpan.ToArray();
    }
}
