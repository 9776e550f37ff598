using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Tests.Keys;

public sealed class KeyEncodingTests
{
    [Fact]
    public void Hash_OfKnownParts_StaysWhatItWas()
    {
        KeyPart[] parts =
        [
            new("code:trainer/", "sha256:" + new string('a', 64)),
            new("command", "python3 train.py"),
            new("param:größe", "\"ü\""),
            new("sandbox", "plain"),
        ];
        // A different digest here means that every recorded run of every project is executed again: raise the format's number knowingly.
        Assert.Equal("sha256:24c7d911f29a902b9466c4d267913a94f2b458bd6634b005a099bff173d9df03", KeyEncoding.Hash(parts).ToString());
    }

    [Fact]
    public void Hash_WhenTextMovesBetweenFields_Differs()
    {
        KeyPart[][] lists =
        [
            [new("a", "bc")],
            [new("ab", "c")],
            [new("a", "b"), new("c", "")],
            [new("a", "b"), new("", "c")],
            [new("a", "bc"), new("", "")],
            [],
        ];
        Assert.Equal(lists.Length, lists.Select(parts => KeyEncoding.Hash(parts)).Distinct().Count());
    }

    [Fact]
    public void Hash_OfRandomParts_IsTheSameForTheSameAndAnotherForAnyChange()
    {
        var random = new Random(29);
        for (var round = 0; round < 2000; round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new KeyPart(Text(random), Text(random))).ToArray();
            var same = parts.Select(part => new KeyPart(string.Concat(part.Name), string.Concat(part.Value))).ToArray();
            Assert.Equal(KeyEncoding.Hash(parts), KeyEncoding.Hash(same));
            var changed = Change(parts, random);
            Assert.NotEqual(KeyEncoding.Hash(parts), KeyEncoding.Hash(changed));
        }
    }

    /// <summary>A part more or less, another character somewhere, or text that moves from one field into its neighbour.</summary>
    private static KeyPart[] Change(KeyPart[] parts, Random random)
    {
        var index = random.Next(parts.Length);
        var part = parts[index];
        return random.Next(4) switch
        {
            0 => [.. parts, new KeyPart("", "")],
            1 => [.. parts[..index], .. parts[(index + 1)..]],
            2 when part.Name.Length > 0 => [.. parts[..index], new KeyPart(part.Name[..^1], part.Name[^1] + part.Value), .. parts[(index + 1)..]],
            _ => [.. parts[..index], part with { Value = part.Value + "\0" }, .. parts[(index + 1)..]],
        };
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => "ab:\0\nüΩ1\""[random.Next(9)]));
}
