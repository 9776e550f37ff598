namespace Fairlead.Demo;

/// <param name="Expect">SQL over a prediction, which every answer must satisfy.</param>
internal sealed record DemoCheck(string Environment, int Rows, string Expect);
