using System.Text.Json;
using Fairlead.Contracts.Tests.Generated;
using Fairlead.Domain.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Tests.Payloads;

public sealed class PayloadFuzzTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly TypeRegistry Registry = TypeRegistry.FromFiles(RichReflection.Descriptor);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Registry));

    [Fact]
    public async Task WriteJson_MutatedBytes_NeverThrowsAndAgreesWithGeneratedCode()
    {
        var reader = await Reading.RichReaderAsync();
        var seeds = Enumerable.Range(0, 200).Select(seed => new RandomRich(new Random(seed)).Next().ToByteArray()).Where(bytes => bytes.Length is > 0 and < 4000).ToList();
        var accepted = 0;
        for (var round = 0; round < Testing.Campaign.Rounds(20_000, 1_000_000); round++)
        {
            var random = new Random(round);
            var bytes = Mutate(seeds, random);

            var reading = Reading.Of(reader, bytes);

            if (reading.Outcome.IsWritten)
                JsonDocument.Parse(reading.Json, Deep).Dispose();
            if (!TryParse(bytes, out var message))
                continue;
            accepted++;
            if (reading.Outcome.IsWritten)
                Compare(reader, message, round);
            else
                Assert.False(await ReferenceParser.AcceptsAsync(bytes), $"round {round}: {reading.Outcome} {Convert.ToHexString(bytes)}");
        }

        Assert.True(accepted > 1000);
    }

    /// <summary>What generated code wrote again holds no field twice, nothing unknown, and no field that holds nothing.</summary>
    private static void Compare(IPayloadReader reader, Rich message, int round)
    {
        string expected;
        try
        {
            new AnyContent(Registry).Rewrite(message);
            expected = Formatter.Format(message);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidProtocolBufferException)
        {
            // A time stamp out of range, or an Any of unknown or damaged content: here the reader says more than the form defines.
            return;
        }

        SameJson.Assert(expected, Reading.Of(reader, message.ToByteArray()).Json, $"round {round}");
    }

    private static bool TryParse(byte[] bytes, out Rich message)
    {
        try
        {
            message = Rich.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException)
        {
            message = new Rich();
            return false;
        }
    }

    private static byte[] Mutate(List<byte[]> seeds, Random random)
    {
        var bytes = seeds[random.Next(seeds.Count)].ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 8), bytes.Count - place));
                    break;
                case 3:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.AddRange(seeds[random.Next(seeds.Count)]);
                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(random.Next(1, 40), bytes.Count - place)));
                    break;
            }
        }

        return [.. bytes];
    }
}
