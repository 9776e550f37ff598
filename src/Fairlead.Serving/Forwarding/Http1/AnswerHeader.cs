namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>One header line of an answer, kept to be recognised in the next answer of the same connection.</summary>
/// <param name="Line">The bytes as they came, without the line's end.</param>
/// <param name="IsForwarded">False for those that are of the connection.</param>
internal readonly record struct AnswerHeader(byte[] Line, string Name, string Value, bool IsForwarded);
