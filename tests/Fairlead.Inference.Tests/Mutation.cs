namespace Fairlead.Inference.Tests;

/// <summary>Makes a body hostile: bytes changed, cut out, doubled, put in, or the end cut off.</summary>
internal static class Mutation
{
    /// <param name="tokens">What is put in now and then.</param>
    public static byte[] Of(byte[] valid, Random random, byte[][] tokens)
    {
        var body = valid.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && body.Count > 0; changes--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(1, 12), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, tokens[random.Next(tokens.Length)]);
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 60), body.Count - at)));
                    break;
                case 4:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    body[at] = (byte)"0123456789"[random.Next(10)];
                    break;
            }
        }

        return random.Next(20) == 0 ? [.. body.Take(random.Next(body.Count))] : [.. body];
    }
}
