namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Makes bytes hostile: changed, cut out, doubled, swapped, put in, or the end cut off.</summary>
internal static class Mutations
{
    private static readonly byte[] Interesting = [0, 1, 9, 10, 13, 32, 34, 39, 45, 47, 58, 91, 93, 123, 125, 127, 128, 192, 224, 240, 254, 255];

    /// <param name="tokens">What is put in now and then.</param>
    public static byte[] Of(ReadOnlySpan<byte> valid, Random random, IReadOnlyList<byte[]> tokens)
    {
        var body = new List<byte>(valid.Length + 64);
        body.AddRange(valid);
        for (var changes = random.Next(1, 5); changes > 0 && body.Count > 0; changes--)
            Change(body, random, tokens);
        if (random.Next(20) == 0)
            body.RemoveRange(body.Count / 2, body.Count - (body.Count / 2));
        return [.. body];
    }

    private static void Change(List<byte> body, Random random, IReadOnlyList<byte[]> tokens)
    {
        var at = random.Next(body.Count);
        switch (random.Next(8))
        {
            case 0:
                body[at] = (byte)random.Next(256);
                break;
            case 1:
                body.RemoveRange(at, Math.Min(random.Next(1, 12), body.Count - at));
                break;
            case 2:
            case 3:
                body.InsertRange(at, tokens[random.Next(tokens.Count)]);
                break;
            case 4:
                body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 60), body.Count - at)));
                break;
            case 5:
                body[at] ^= (byte)(1 << random.Next(8));
                break;
            case 6:
                body[at] = Interesting[random.Next(Interesting.Length)];
                break;
            default:
                body[at] = (byte)"0123456789"[random.Next(10)];
                break;
        }
    }
}
