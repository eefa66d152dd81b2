// Answers for .NET: reads lines of PATTERN <tab> NUMBER,NUMBER,... and writes for each a line
//   OK <tab> one of 1 (matches), 0, ? (gave up) for each number
//   ERR <tab> what the exception says
// Patterns, numbers and messages are written in UTF-16 code units, four hexadecimal digits each.
using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

class DotnetOracle
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    static string FromHex(string hex)
    {
        var text = new StringBuilder();
        for (int i = 0; i + 4 <= hex.Length; i += 4)
            text.Append((char)Convert.ToInt32(hex.Substring(i, 4), 16));
        return text.ToString();
    }

    static string ToHex(string text)
    {
        var hex = new StringBuilder();
        foreach (char c in text) hex.Append(((int)c).ToString("x4"));
        return hex.ToString();
    }

    static string Answer(string pattern, string[] numbers)
    {
        Regex regex;
        try { regex = new Regex(pattern, RegexOptions.None, Patience); }
        catch (ArgumentException error)
        {
            string prefix = "parsing \"" + pattern + "\" - ";
            string message = error.Message;
            if (message.StartsWith(prefix, StringComparison.Ordinal)) message = message.Substring(prefix.Length);
            return "ERR\t" + ToHex(message);
        }
        catch (Exception error) { return "ERR\t" + ToHex("!" + error.GetType().Name); }
        var answers = new StringBuilder("OK\t");
        foreach (string number in numbers)
        {
            try { answers.Append(regex.IsMatch(FromHex(number)) ? '1' : '0'); }
            catch (RegexMatchTimeoutException) { answers.Append('?'); }
            catch (Exception) { answers.Append('!'); }
        }
        return answers.ToString();
    }

    static void Main()
    {
        var input = new StreamReader(Console.OpenStandardInput(), Encoding.ASCII, false, 1 << 16);
        var output = new StreamWriter(Console.OpenStandardOutput(), Encoding.ASCII, 1 << 16);
        string line;
        while ((line = input.ReadLine()) != null)
        {
            int tab = line.IndexOf('\t');
            output.Write(Answer(FromHex(line.Substring(0, tab)), line.Substring(tab + 1).Split(',')) + "\n");
        }
        output.Flush();
    }
}
