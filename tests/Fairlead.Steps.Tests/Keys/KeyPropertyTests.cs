using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;
using Fairlead.Testing;

namespace Fairlead.Steps.Tests.Keys;

/// <summary>What must hold of the keys of all steps, over random ones.</summary>
public sealed class KeyPropertyTests
{
    private static readonly int Rounds = Campaign.Rounds(3000, 300_000);

    [Fact]
    public void Compute_OfTheSameContent_GivesTheSameKeyInAnyOrderSpellingAndCulture()
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var step = RandomStep.Of(random);
            var other = step.Respelled(random);
            var (key, same) = (step.Key(), InOddCulture(other.Key));
            Assert.True(key.Digest == same.Digest, $"round {round}: {step} and {other}");
            Assert.Equal(key.Parts, same.Parts);
            Assert.Equal(key.Parts.OrderBy(part => part.Name, StringComparer.Ordinal), key.Parts);
        }
    }

    [Fact]
    public void Compute_WhenOneThingChanges_GivesAnotherKey()
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds; round++)
        {
            var step = RandomStep.Of(random);
            var other = step.Changed(random);
            Assert.True(step.Key().Digest != other.Key().Digest, $"round {round}: {step} and {other}");
        }
    }

    /// <summary>Whatever separates parts can also stand in them, as can what looks like another part's length.</summary>
    [Fact]
    public void Hash_OfOneTextCutInOtherPlaces_Differs()
    {
        var random = new Random(3);
        for (var round = 0; round < Rounds; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Next(4)).Select(_ => RandomStep.Text(random) + Frame(RandomStep.Text(random)))).Replace("😀", "", StringComparison.Ordinal);
            var (one, other) = (Cut(text, random), Cut(text, random));
            Assert.Equal(one.SequenceEqual(other), KeyEncoding.Hash(one) == KeyEncoding.Hash(other));
        }
    }

    /// <summary>Computed a second time, from what the format says, with the line of another platform too: the key depends on nothing but its parts.</summary>
    [Fact]
    public void Hash_OfAnyParts_IsThatOfTheFormatAlone()
    {
        var random = new Random(4);
        foreach (var platform in (string[])["linux-x64", "linux-arm64", "macos-arm64", "other-x86"])
        {
            for (var round = 0; round < Rounds / 10; round++)
            {
                var parts = RandomStep.Of(random).Key().Parts.Select(part => part.Name == KeyParts.PlatformName ? part with { Value = platform } : part).ToArray();
                var expected = new List<byte>("fairlead key 1\n"u8.ToArray());
                foreach (var field in parts.SelectMany(part => new[] { part.Name, part.Value }))
                    expected.AddRange([.. Length(Encoding.UTF8.GetByteCount(field)), .. Encoding.UTF8.GetBytes(field)]);
                Assert.Equal(Digest.Of([.. expected]), InOddCulture(() => KeyEncoding.Hash(parts)));
            }
        }
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length);
        return bytes;
    }

    /// <summary>A text as it stands in the encoding.</summary>
    private static string Frame(string text) => Encoding.Latin1.GetString(Length(Encoding.UTF8.GetByteCount(text))) + text;

    private static KeyPart[] Cut(string text, Random random)
    {
        int[] places = [0, .. Enumerable.Range(0, (2 * random.Next(3)) + 1).Select(_ => random.Next(text.Length + 1)).Order(), text.Length];
        var fields = places.Zip(places.Skip(1), (from, to) => text[from..to]).ToArray();
        return [.. fields.Chunk(2).Select(pair => new KeyPart(pair[0], pair[1]))];
    }

    /// <summary>One that writes and compares numbers and names otherwise.</summary>
    private static T InOddCulture<T>(Func<T> compute)
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        odd.DateTimeFormat.DateSeparator = "!";
        try
        {
            CultureInfo.CurrentCulture = odd;
            return compute();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
