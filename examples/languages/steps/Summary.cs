// Count, mean, sample deviation and median of the numbers in a file, a line each.
#:property NuGetAudit=false
#:property PublishAot=false
using System.Globalization;

double[] numbers = [.. File.ReadLines(args[0]).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).Order()];
var mean = numbers.Average();
var deviation = Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1));
var half = numbers.Length / 2;
var median = numbers.Length % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
File.WriteAllText(args[1], FormattableString.Invariant($$"""{"count": {{numbers.Length}}, "mean": {{mean:R}}, "deviation": {{deviation:R}}, "median": {{median:R}}}"""));
