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
}
